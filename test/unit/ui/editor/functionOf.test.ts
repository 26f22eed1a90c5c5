import assert from 'node:assert/strict';
import type { DocumentSymbol, Uri as RealUri } from 'vscode';
import { functionStart, symbolsOf } from '../../../../src/ui/editor/functionOf';
import { fake, Range, SymbolKind, Uri } from '../../../fakes/vscode';

function symbol(kind: number, from: number, to: number, children: DocumentSymbol[] = [], named = from): DocumentSymbol {
  return { kind, range: new Range(from, 0, to, 0), selectionRange: new Range(named, 0, named, 1), children } as unknown as DocumentSymbol;
}

describe('the function around a line', () => {
  const inner = symbol(SymbolKind.Function, 4, 6);
  const method = symbol(SymbolKind.Method, 3, 9, [inner]);
  const symbols = [
    symbol(SymbolKind.Class, 0, 20, [method, symbol(SymbolKind.Property, 11, 11)]),
    symbol(SymbolKind.Constant, 22, 30),
    symbol(SymbolKind.Variable, 32, 32),
  ];

  it('is the innermost one', () => {
    assert.equal(functionStart(symbols, 5), 4);
    assert.equal(functionStart(symbols, 8), 3);
  });

  it('is a constant over several lines, which is how arrow functions are told', () => {
    assert.equal(functionStart(symbols, 25), 22);
  });

  it('is the line itself in no function', () => {
    assert.deepEqual(
      [functionStart(symbols, 11), functionStart(symbols, 32), functionStart(symbols, 40), functionStart([], 3)],
      [11, 32, 40, 3],
    );
  });

  it('begins where its name stands, below its decorators', () => {
    assert.equal(functionStart([symbol(SymbolKind.Function, 1, 9, [], 3)], 5), 3);
  });
});

describe('the symbols of a document', () => {
  const uri = Uri.file('/w/a.js') as unknown as RealUri;
  beforeEach(() => fake.reset());

  it('are those that the language knows', async () => {
    fake.symbols = () => [symbol(SymbolKind.Function, 0, 1)];
    assert.equal((await symbolsOf(uri, 1000)).length, 1);
  });

  it('are none when the language gives flat ones, nothing, or throws', async () => {
    fake.symbols = () => [{ name: 'flat', location: {} }];
    assert.deepEqual(await symbolsOf(uri, 1000), []);
    fake.symbols = () => undefined;
    assert.deepEqual(await symbolsOf(uri, 1000), []);
    fake.symbols = () => Promise.reject(new Error('no'));
    assert.deepEqual(await symbolsOf(uri, 1000), []);
  });

  it('are none when the language does not answer in time', async () => {
    fake.symbols = () => new Promise((resolve) => setTimeout(resolve, 50, [symbol(SymbolKind.Function, 0, 1)]));
    assert.deepEqual(await symbolsOf(uri, 1), []);
  });
});
