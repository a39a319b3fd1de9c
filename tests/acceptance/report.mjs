// What the scripts have in common: a check is a name and the faults that it found.
import { appendFileSync } from 'node:fs';

let passed = 0;
let failed = 0;

/** Counts one check of a group; its faults are printed as they come. */
export function check(group, name, faults) {
  if (faults.length === 0) {
    passed += 1;
    return;
  }
  failed += 1;
  console.log(`FAIL ${group}: ${name}`);
  for (const fault of faults.slice(0, 10)) console.log(`     ${fault}`);
  if (faults.length > 10) console.log(`     … and ${faults.length - 10} more`);
}

/** Prints what a script found and leaves its count for `run`. */
export function finish(script) {
  console.log(`${script}: ${passed} checks passed, ${failed} failed`);
  appendFileSync(process.env.ACCEPTANCE_COUNTS, `${passed} ${failed}\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
