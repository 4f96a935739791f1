// What every language must provide: the shape of the Russian dictionary, word for word.
import type { ru } from './ru';

type Shape<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { [K in keyof T]: Shape<T[K]> };

export type Dictionary = Shape<typeof ru>;
