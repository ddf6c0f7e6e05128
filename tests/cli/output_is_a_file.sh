# What is in place of the output folder and is none is named, and kept.
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
rm my-site/public
mkfifo my-site/public
run hardtop -C my-site build
expect_stderr <<'END'
my-site/public: error: this is a socket, pipe or device, and the site is written into a folder [build/output-unwritable]
  hint: remove it, or choose another folder with --output
1 error; nothing was written
More about it: hardtop explain build/output-unwritable
END
expect_status 3
rm my-site/public
ln -s public my-site/public
run hardtop -C my-site build
expect_stderr <<'END'
my-site/public: error: this symbolic link leads nowhere [build/output-unwritable]
  hint: let it lead to a folder, or remove it
1 error; nothing was written
More about it: hardtop explain build/output-unwritable
END
expect_status 3
expect_no my-site/.hardtop
