// What a successful answer carries.

/** The client throws on every failure: an answer without data would be a mistake of its types. */
export function dataOf<T>(answer: { data?: T; response: Response }): T {
  if (answer.data === undefined) throw new Error(`no data from ${answer.response.url}`);
  return answer.data;
}
