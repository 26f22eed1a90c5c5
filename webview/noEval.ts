import * as z from 'zod/mini';

// zod tries `new Function` to make parsing faster; the panel's policy forbids it and reports the try. Loaded before any schema is made.
z.config({ jitless: true });
