# In a folder that has been removed, a build says so.
hardtop new site my-site >/dev/null
mkdir gone
site=$PWD/my-site
cd gone || exit
rmdir ../gone
run hardtop -C "$site" build
expect_status 3
expect_stdout </dev/null
expect_stderr <<'END'
error: the folder that hardtop was started in does not exist any more [build/no-current-folder]
  hint: go to one that does, and build again: cd /path/to/site
1 error; nothing was written
More about it: hardtop explain build/no-current-folder
END
