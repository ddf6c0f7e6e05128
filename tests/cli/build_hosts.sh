# A build for servers says where their configuration is; one for hosts that read it from the output does not have to.
hardtop new site my-site >/dev/null
cd my-site || exit
printf '[build]\nhosts = ["nginx", "json"]\n' >>site.toml
run hardtop build
expect_status 0
expect_stderr </dev/null
mask 's/^Built .*/Built N/'
expect_stdout <<'END'
Built N
For the server: .hardtop/hosts/public
END
test -s .hardtop/hosts/public/nginx-server.conf
test ! -e public/_headers

sed -i 's/^hosts = .*/hosts = ["cloudflare"]/' site.toml
run hardtop build
expect_status 0
mask 's/^Built .*/Built N/'
expect_stdout <<'END'
Built N
END
test -s public/_headers
test ! -e .hardtop/hosts
