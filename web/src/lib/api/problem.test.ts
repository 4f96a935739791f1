import { beforeAll, describe, expect, it } from 'vitest';
import { setLocale, t } from '$lib/i18n';
import { safeTarget } from '$lib/session';
import { fieldErrors, messageOf, Problem, toProblem } from './problem';

beforeAll(() => setLocale('ru'));

describe('an answer that is an error', () => {
  it('keeps code, message and fields', () => {
    const problem = toProblem(422, {
      error: { code: 'title_empty', message: 'Пусто', fields: { title: ['Заполните'], n: 5 } },
    });
    expect(problem).toMatchObject({
      status: 422,
      code: 'title_empty',
      message: 'Пусто',
      fields: { title: 'Заполните' },
    });
  });

  it.each([null, 'text', {}, { error: 5 }, { error: { message: '' } }])(
    '%j gets words by its status',
    (body) => {
      expect(toProblem(429, body)).toMatchObject({
        code: 'http_429',
        message: t().errors.tooMany,
        fields: {},
      });
    },
  );

  it('says that the server is silent', () => {
    expect(toProblem(0, null).message).toBe(t().errors.network);
  });

  it('tells nothing of what was not meant for people', () => {
    expect(messageOf(new TypeError('x is undefined'))).toBe(t().errors.unexpected);
  });
});

describe('a form', () => {
  const failing = (problem: Problem) => fieldErrors(() => Promise.reject(problem));

  it('gets the errors of its fields', async () => {
    expect(await fieldErrors(() => Promise.resolve())).toEqual({});
    expect(await failing(new Problem(422, 'x', 'y', { email: 'Занято' }))).toEqual({ email: 'Занято' });
  });

  it('throws on what belongs to no field', async () => {
    await expect(failing(new Problem(500, 'x', 'y'))).rejects.toThrow('y');
  });
});

describe('the page after signing in', () => {
  it.each([
    ['/backlog?q=1', '/backlog?q=1'],
    ['//evil.example', null],
    ['/\\evil.example', null],
    ['https://evil.example', null],
    [null, null],
  ])('%j', (then, expected) => {
    expect(safeTarget(then)).toBe(expected);
  });
});
