import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PasswordFile, passwordLine } from './password-file.ts';

const cheap = { log2: 10, blockSize: 8, parallel: 1 };
const newFile = () => join(mkdtempSync(join(tmpdir(), 'lintel-passwords-')), 'passwords');

it('knows the names and passwords in it, and no others', async () => {
  const file = newFile();
  const ada = await passwordLine('ada', 'correct horse');
  writeFileSync(file, `# facilities\n\n${ada}\n${await passwordLine('ben', 'battery staple', cheap)}\n`);
  const passwords = await PasswordFile.open(file);
  expect(await passwords.check('ada', 'correct horse')).toBe(ada);
  expect(await passwords.check('ada', 'battery staple')).toBeUndefined();
  expect(await passwords.check('nobody', '')).toBeUndefined();
  expect(await passwords.check('cleo', 'correct horse')).toBeUndefined();
});

it('never has two lines that are the same, nor a password in one', async () => {
  const [one, other] = [
    await passwordLine('ada', 'correct horse'),
    await passwordLine('ada', 'correct horse'),
  ];
  expect(one).not.toBe(other);
  expect(one).not.toContain('horse');
});

it('is read anew when it changed', async () => {
  const file = newFile();
  writeFileSync(file, await passwordLine('ada', 'correct horse', cheap));
  const passwords = await PasswordFile.open(file);
  writeFileSync(file, '');
  utimesSync(file, 1, 1);
  expect(await passwords.check('ada', 'correct horse')).toBeUndefined();
});

it('says what is wrong: a file that is not there, a line that is none, a cost that nobody can pay', async () => {
  const isFile = expect.objectContaining({ code: 'PASSWORD_FILE' });
  await expect(PasswordFile.open('/nowhere/passwords')).rejects.toThrow(isFile);
  const file = newFile();
  const line = await passwordLine('ada', 'correct horse');
  for (const wrong of [
    'ada:secret',
    line.replace('ln=15', 'ln=99'),
    line.replace('r=8', 'r=99'),
    line.slice(0, -1),
  ]) {
    writeFileSync(file, wrong);
    await expect(PasswordFile.open(file), wrong).rejects.toThrow(isFile);
  }
});

it.each([
  ['a:b', 'correct horse'],
  ['', 'correct horse'],
  ['ada', 'short'],
])('makes no line for the name %j and the password %j', async (name, password) => {
  await expect(passwordLine(name, password)).rejects.toThrow(
    expect.objectContaining({ code: 'PASSWORD_UNFIT' }),
  );
});

it('lets no more than eight wait', async () => {
  const file = newFile();
  writeFileSync(file, await passwordLine('ada', 'correct horse', cheap));
  const passwords = await PasswordFile.open(file);
  const checks = Array.from({ length: 9 }, () => passwords.check('ada', 'correct horse'));
  await expect(checks.pop()).rejects.toThrow(expect.objectContaining({ code: 'PASSWORD_BUSY' }));
  expect(await checks[0]).toBeDefined();
  await Promise.all(checks);
});
