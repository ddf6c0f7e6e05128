# From a recipe to a recorded service, and back to a build that may go online: what a producer types.
hardtop new site my-site >/dev/null
cd my-site || fail "there is no my-site"
export SOURCE_DATE_EPOCH=1795392000 # 2026-11-23
run hardtop new service vimeo
expect_status 0
expect_stderr </dev/null
expect_stdout <<'END'
Made consent.toml: the service vimeo

It is complete but for what its comments ask for: read them.
Next:
  hardtop new page privacy  # the policy: write it, and remove its line draft = true
  hardtop check
  hardtop lock
END

run hardtop lock
expect_status 0
expect_stderr </dev/null
expect_stdout <<'END'
Recorded in consent.lock:
  vimeo  new

Commit it together with consent.toml.
END
cp consent.lock before
run hardtop lock
expect_status 0
expect_stdout <<'END'
Nothing has changed since consent.lock was written.
END
expect_same consent.lock before

# A fact changes: the lock says which, and keeps what was.
sed -i 's/"400 days"/"2 years"/' consent.toml
run hardtop lock --note "Vimeo recognises browsers for longer now"
expect_status 0
expect_stdout <<'END'
Recorded in consent.lock:
  vimeo  - cookie: vuid of vimeo.com, 400 days
         + cookie: vuid of vimeo.com, 731 days

Commit it together with consent.toml.
END
head -c "$(wc -c <before)" consent.lock >kept
expect_same kept before
grep -q '^note = "Vimeo recognises browsers for longer now"$' consent.lock || fail "the note is not in consent.lock"

# consent.toml with an error records nothing.
cp consent.lock before
sed -i 's/provider = .*/provider = ""/' consent.toml
run hardtop lock
expect_status 1
expect_stdout </dev/null
expect_stderr_has 'consent.toml:'
expect_stderr_has "'provider' in [[service]] is empty [consent/bad-value]"
expect_stderr_has '1 error; consent.lock is as it was'
expect_same consent.lock before
