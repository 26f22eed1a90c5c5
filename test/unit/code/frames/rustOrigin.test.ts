import assert from 'node:assert/strict';
import { kindOfRustFrame } from '../../../../src/code/frames/rustOrigin';

describe('kindOfRustFrame', () => {
  it('goes by the file where one is known', () => {
    const files = {
      './src/cart.rs': 'app',
      '/build/shop/src/main.rs': 'app',
      'src\\cart.rs': 'app',
      '/rustc/5980/library/std/src/panicking.rs': 'runtime',
      '/rustc/5980\\library\\core\\src\\option.rs': 'runtime',
      '/home/a/.rustup/toolchains/stable/lib/rustlib/src/rust/library/std/src/rt.rs': 'runtime',
      'src/libstd/panicking.rs': 'runtime',
      '/home/a/.cargo/registry/src/index.crates.io-6f17d22bba15001f/tokio-1.35.0/src/runtime/park.rs': 'library',
      '/usr/local/cargo/registry/src/github.com-1ecc6299db9ec823/serde-1.0.0/src/lib.rs': 'library',
      'C:\\Users\\a\\.cargo\\git\\checkouts\\x\\src\\lib.rs': 'library',
      './csu/../sysdeps/nptl/libc_start_call_main.h': 'native',
    } as const;
    for (const [file, kind] of Object.entries(files)) assert.equal(kindOfRustFrame('shop::f', file), kind, file);
  });

  it('goes by the name where no file is known', () => {
    const names = {
      'shop::cart::total': 'app',
      '<shop::Half as shop::Rule>::apply': 'app',
      'std::panicking::begin_panic': 'runtime',
      'std[e28293b1aa0f68bd]::rt::lang_start': 'runtime',
      '<alloc::vec::Vec<T,A> as core::ops::index::Index<I>>::index': 'runtime',
      '<&mut F as core::ops::FnOnce>::call_once': 'app',
      '__rustc::rust_begin_unwind': 'runtime',
      rust_begin_unwind: 'runtime',
      main: 'native',
      _start: 'native',
      __libc_start_main_impl: 'native',
      '<unknown>': 'native',
    } as const;
    for (const [name, kind] of Object.entries(names)) assert.equal(kindOfRustFrame(name, null), kind, name);
  });
});
