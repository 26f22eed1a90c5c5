import type { StackException, StackFrame } from '../../domain/frame';
import { afterMember, type DotnetHeader, headerAt, INNER_ARROW, innerStart } from './dotnetHeader';
import { closeException, type OpenException, openException, type Relation } from './exceptions';
import { isSameException } from './repeats';

/** "inner" in the line that ends an inner exception's frames, as .NET Framework translates it. */
const INNER_WORDS = [
  'inner',
  'intern',
  'wewnętrzn',
  'внутренн',
  '内部',
  '內部',
  '내부',
  'İç ',
  'vnitřní',
  'belső',
  'indre',
  'sisäi',
  'εσωτερικ',
];

/** The most exceptions that are read of one chain. */
const MAX_EXCEPTIONS = 100;

/** An exception with those inside of it, while its lines are read. */
export class DotnetTrace {
  readonly #all: OpenException[] = [];
  /** From the outermost to the one whose frames are being read. */
  readonly #stack: OpenException[] = [];
  readonly #isUnhandled: boolean;
  #frameCount = 0;

  constructor(header: DotnetHeader, isUnhandled: boolean) {
    this.#isUnhandled = isUnhandled;
    this.#begin(header, null);
  }

  get hasFrames(): boolean {
    return this.#frameCount > 0;
  }

  /** Whether frames of the exception that is being read have come. */
  get hasFramesOnTop(): boolean {
    return (this.#stack.at(-1)?.frames.length ?? 0) > 0 || (this.#stack.length === 1 && this.hasFrames);
  }

  get isNested(): boolean {
    return this.#stack.length > 1;
  }

  addFrame(frame: StackFrame, endsMember: boolean): void {
    this.#stack.at(-1)?.frames.push(frame);
    this.#frameCount += 1;
    if (endsMember && this.isNested) this.#stack.pop();
  }

  /** A further line of a message, in which an inner exception may begin. */
  addMessage(text: string): void {
    const open = this.#stack.at(-1);
    const at = innerStart(text);
    const inner = at === -1 ? null : headerAt(afterMember(text.slice(at + INNER_ARROW.length)).text);
    open?.message.push(at === -1 ? text : text.slice(0, at).trimEnd());
    if (inner !== null) this.beginInner(inner, false);
  }

  beginInner(header: DotnetHeader, isMember: boolean): void {
    if (isMember) this.#stack.length = 1;
    this.#begin(header, isMember ? 'group' : 'cause');
  }

  /** The exception so far was caught and thrown again inside of another one. */
  wrapIn(header: DotnetHeader): void {
    if (this.#all.length >= MAX_EXCEPTIONS) return;
    for (const exception of this.#all) exception.relation ??= 'cause';
    const outer = openException(header.type, header.message, null);
    this.#all.unshift(outer);
    this.#stack.splice(0, this.#stack.length, outer);
  }

  /** A line says that frames ended: those of the inner exception, or those of another thread. */
  endInner(rule: string): void {
    if (this.isNested && INNER_WORDS.some((word) => rule.includes(word))) this.#stack.pop();
  }

  close(): StackException[] {
    if (!this.hasFrames && !this.#isUnhandled) return [];
    this.#giveFramesOfCutText();
    return withoutRepeatedMember(this.#all.map(closeException));
  }

  #begin({ type, message }: DotnetHeader, relation: Relation): void {
    if (this.#all.length >= MAX_EXCEPTIONS) return;
    const at = innerStart(message);
    const open = openException(type, at === -1 ? message : message.slice(0, at).trimEnd(), relation);
    this.#all.push(open);
    this.#stack.push(open);
    const inner = at === -1 ? null : headerAt(message.slice(at + INNER_ARROW.length));
    if (inner !== null) this.#begin(inner, 'cause');
  }

  /** Without the line that ends the inner exception nothing tells whose frames these are: the exception thrown has them. */
  #giveFramesOfCutText(): void {
    const [outer, ...inner] = this.#stack;
    if (outer === undefined || outer.frames.length > 0 || inner.length === 0) return;
    outer.frames = inner.toReversed().flatMap(({ frames }) => frames);
    for (const exception of inner) exception.frames = [];
  }
}

/** .NET Framework prints the first member of an AggregateException twice. */
function withoutRepeatedMember(exceptions: readonly StackException[]): StackException[] {
  const member = exceptions.find(({ relation }) => relation === 'group');
  const [, inner] = exceptions;
  if (member === undefined || inner === undefined || member === inner || !isSameException(member, inner)) return [...exceptions];
  return exceptions
    .filter((exception) => exception !== member)
    .map((exception) => (exception === inner ? { ...inner, relation: 'group' } : exception));
}
