# A file in place of the output folder is named, and kept.
hardtop new site my-site >/dev/null
echo mine >my-site/public
run hardtop -C my-site build
expect_status 3
expect_stdout </dev/null
expect_stderr <<'END'
my-site/public: error: this is a file, and the site is written into a folder [build/output-unwritable]
  hint: remove or rename the file, or choose another folder with --output
1 error; nothing was written
More about it: hardtop explain build/output-unwritable
END
expect_file my-site/public <<'END'
mine
END
expect_no my-site/.hardtop
