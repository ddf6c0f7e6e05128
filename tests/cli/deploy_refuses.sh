# What deploy does not do, and how it says so. No rclone is needed until all of this is in order.
hardtop new site my-site >/dev/null
cd my-site || exit
run hardtop deploy
expect_status 2
expect_stderr <<'END'
error: deploy needs a name
  hint: hardtop deploy NAME; see hardtop deploy --help
END
run hardtop deploy production
expect_status 2
expect_stderr <<'END'
error: site.toml has no [deploy.production]
  hint: add it, and below it remote = "…"; see hardtop deploy --help
END
printf '[deploy.production]\nremote = "../www"\nkeep_days = 1\n[deploy.inside]\nremote = "public/www"\n' >>site.toml
run hardtop deploy prodction
expect_status 2
expect_stderr <<'END'
error: site.toml has no [deploy.prodction]
  hint: did you mean 'production'?
END
PATH=/nowhere run "$HARDTOP" deploy production
expect_status 1
expect_stdout </dev/null
expect_stderr <<'END'
error: there is no finished site in 'public' [deploy/no-output]
  hint: build it, and look at it: hardtop build
1 error; nothing was deployed
More about it: hardtop explain deploy/no-output
END
hardtop build >/dev/null
PATH=/nowhere run "$HARDTOP" deploy production
expect_status 3
expect_stderr <<'END'
error: rclone is not installed, and deploy uploads with it [deploy/no-rclone]
  hint: install it, as root: apt-get install rclone (other systems: https://rclone.org/install/)
1 error
More about it: hardtop explain deploy/no-rclone
END
run hardtop deploy inside
expect_status 1
expect_stderr <<'END'
site.toml:26:10: error: the folder to deploy to and the output folder lie in one another [deploy/into-itself]
  26 | remote = "public/www"
     |          ^~~~~~~~~~~~
  hint: choose a folder of its own, outside the site's: "/srv/www/example.org"
1 error; nothing was deployed
More about it: hardtop explain deploy/into-itself
END
printf '[deploy.sources]\nremote = "static/www"\n' >>site.toml
run hardtop deploy sources
expect_status 1
expect_stderr_has 'error: the folder to deploy to is inside the site'"'"'s static/ [deploy/into-itself]'
expect_no static/www

echo 'by hand' >>public/index.html
PATH=/nowhere run "$HARDTOP" deploy production
expect_status 1
expect_stderr <<'END'
error: 'public' is not as it was built: index.html [deploy/output-changed]
  hint: change the site's sources instead of its output, then: hardtop build
1 error; nothing was deployed
More about it: hardtop explain deploy/output-changed
END
echo 'More.' >>content/_index.md
echo '# New' >content/new.md
PATH=/nowhere run "$HARDTOP" -C ../my-site deploy production
expect_status 1
expect_stderr_has "is not what the site is now: "
expect_stderr_has '  hint: build it again, and look at it: hardtop -C ../my-site build'
sed -i 's/complete/incomplete/' .hardtop/*.manifest
PATH=/nowhere run "$HARDTOP" deploy production
expect_status 1
expect_stderr <<'END'
error: the last build into 'public' did not end [deploy/no-output]
  hint: build it, and look at it: hardtop build
1 error; nothing was deployed
More about it: hardtop explain deploy/no-output
END

# A site with errors.
hardtop build >/dev/null
echo '[x](nowhere.md)' >content/wrong.md
PATH=/nowhere run "$HARDTOP" deploy production
expect_status 1
expect_stderr_has 'content/wrong.md:1:5: error: '
expect_stderr_has '1 error; nothing was deployed'
expect_no ../www
