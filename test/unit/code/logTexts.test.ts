import assert from 'node:assert/strict';
import { logTexts } from '../../../src/code/logTexts';

const only = (line: string) => logTexts(line).map(({ parts, isLogged }) => [parts, isLogged]);

describe('Texts that may be messages', () => {
  it('are what stands between their placeholders', () => {
    assert.deepEqual(only('log.info("Order %d of %s was placed", id, name)'), [[['Order ', ' of ', ' was placed'], true]]);
    assert.deepEqual(only('throw new Error("Order {} was {1} placed")'), [[['Order ', ' was ', ' placed'], true]]);
    assert.deepEqual(only('const title = "The order was placed"'), [[['The order was placed'], false]]);
  });

  it('have their escapes resolved, and end with their own quotes', () => {
    assert.deepEqual(only('log("The \\"order\\" was\\tplaced")'), [[['The "order" was\tplaced'], true]]);
    assert.deepEqual(only(`log("It's been placed", 'or it "is" not')`), [
      [["It's been placed"], true],
      [['or it "is" not'], true],
    ]);
  });

  it('are too short to say anything, or they do not end', () => {
    assert.deepEqual(only('log("%s: %s")'), []);
    assert.deepEqual(only('log("ok")'), []);
    assert.deepEqual(only('log("The order was placed'), []);
  });

  it('count as logged also when the call begins on the line before', () => {
    assert.deepEqual(
      logTexts('logger.warn(\n\n  "The order was placed",\n)\n').map(({ line, isLogged }) => [line, isLogged]),
      [[3, true]],
    );
  });
});
