import type { FailureFinding, Findings } from './findings';

/** Errors that a program makes by itself, whatever happens elsewhere: a value that is missing or of another kind than it expects. */
const OWN_ERROR =
  /TypeError|ReferenceError|SyntaxError|NameError|KeyError|AttributeError|IndexError|ImportError|ModuleNotFound|NoMethodError|NoSuchMethod|NullPointer|NullReference|ClassCast|ClassNotFound|OutOfBounds|OutOfRange|nil pointer|Cannot read propert|is not a function/i;
const MAX_TEXT = 300;
/** Of the failing requests. */
const MOST = 0.5;

export function isOwnError({ peer, type, message }: FailureFinding): boolean {
  return peer === null && OWN_ERROR.test(`${type ?? ''} ${message ?? ''}`.slice(0, MAX_TEXT));
}

/** Whether most of what fails are errors of a program's own. */
export function areErrorsOwn({ failures }: Findings): boolean {
  const count = (some: Findings['failures']) => some.reduce((sum, failure) => sum + failure.count, 0);
  const own = failures.filter(isOwnError);
  return own.length > 0 && count(own) >= MOST * count(failures);
}
