/** Lets code that imports 'vscode' run outside VS Code: the import answers with the fake beside this file. */
const Module = require('node:module');
const path = require('node:path');

const fake = path.join(__dirname, 'vscode.ts');
const resolveFilename = Module._resolveFilename;

Module._resolveFilename = function (request, ...rest) {
  return request === 'vscode' ? fake : resolveFilename.call(this, request, ...rest);
};
