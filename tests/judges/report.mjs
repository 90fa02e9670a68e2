// What every judge says in the same way: one block for each thing that failed,
//
//   ✗ subject
//       what is wrong
//
// and a last line `counted passed=N failed=N` that tests/run adds up.

export class Report {
  passed = 0;
  failed = 0;

  /** One check: no problems means it passed. */
  check(subject, problems) {
    if (problems.length === 0) {
      this.passed += 1;
      return;
    }
    this.failed += 1;
    console.log(`✗ ${subject}`);
    for (const problem of problems) console.log(`    ${problem}`);
  }

  /** Ends the judge. Nothing judged is a failure: an empty folder must not look like a good site. */
  end() {
    if (this.passed + this.failed === 0) this.check("nothing to judge", ["no file of this kind in the folder"]);
    console.log(`counted passed=${this.passed} failed=${this.failed}`);
    process.exitCode = this.failed > 0 ? 1 : 0;
  }
}
