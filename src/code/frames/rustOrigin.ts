import type { FrameKind } from '../../domain/frame';

const LIBRARY_PARTS = ['/.cargo/registry/', '/.cargo/git/', '/cargo/registry/', '/cargo/git/', '/registry/src/'];
const RUNTIME_PARTS = [
  '/rustc/',
  '/lib/rustlib/src/',
  '/rust/deps/',
  'library/std/src/',
  'library/core/src/',
  'library/alloc/src/',
  'src/libstd/',
  'src/libcore/',
];
const RUNTIME_CRATES = ['std', 'core', 'alloc', 'test', 'proc_macro', '__rustc', 'backtrace', 'panic_unwind', 'compiler_builtins'];
/** What the loader and C's library contribute. */
const NATIVE = new Set([
  'main',
  '_start',
  '__libc_start_main',
  '__libc_start_call_main',
  'start_thread',
  'clone',
  'clone3',
  'start',
  '<unknown>',
]);
const RUNTIME_NAMES = new Set([
  'rust_begin_unwind',
  'rust_panic',
  '__rust_try',
  '__rust_start_panic',
  '__rust_begin_short_backtrace',
  '__rust_end_short_backtrace',
]);

/** Whether a Rust frame is the program's own, a crate's, the standard library's or the system's. */
export function kindOfRustFrame(name: string, file: string | null): FrameKind {
  const path = file?.replaceAll('\\', '/') ?? '';
  if (LIBRARY_PARTS.some((part) => path.includes(part))) return 'library';
  if (RUNTIME_PARTS.some((part) => path.startsWith(part) || path.includes(`/${part}`) || (part.startsWith('/') && path.includes(part))))
    return 'runtime';
  if (path.startsWith('./nptl/') || path.startsWith('./csu/') || path.includes('/sysdeps/')) return 'native';
  if (file !== null) return 'app';
  if (NATIVE.has(name) || name.startsWith('__libc_') || name.startsWith('__GI_')) return 'native';
  return RUNTIME_NAMES.has(name) || RUNTIME_CRATES.includes(crateOf(name)) ? 'runtime' : 'app';
}

/** `<alloc::vec::Vec<T> as core::ops::Index<I>>::index` → `alloc`; hashes stand in brackets behind the crate. */
function crateOf(name: string): string {
  let start = 0;
  while (name[start] === '<' || name[start] === '&') start += 1;
  if (name.startsWith('impl ', start)) start += 5;
  let end = start;
  while (end < name.length && name[end] !== ':' && name[end] !== '[' && name[end] !== ' ' && name[end] !== '<' && name[end] !== '>')
    end += 1;
  return name.slice(start, end);
}
