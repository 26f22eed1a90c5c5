// Required by a measured process: writes its largest resident set, in kB, as the last line of standard error.
process.on('exit', () => process.stderr.write(`${process.resourceUsage().maxRSS}\n`));
