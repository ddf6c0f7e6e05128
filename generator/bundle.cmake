# bundle_script(OUT FOLDER NAME): makes one script of FOLDER/NAME.js and the modules and style sheets beside it that it imports, with
# esbuild, and adds "FOLDER/NAME.js=where it is made" to OUT, as embed_files takes it. A style sheet is imported as its text. Not
# minified: whoever opens the browser's tools is to read it.
function(bundle_script out folder name)
  set(made ${PROJECT_BINARY_DIR}/embedded/${folder}/${name}.js)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.js ${PROJECT_SOURCE_DIR}/${folder}/*.css)
  add_custom_command(
    OUTPUT ${made}
    COMMAND ${ESBUILD} --bundle --format=iife --charset=utf8 --loader:.css=text --log-level=warning --outfile=${made}
      ${PROJECT_SOURCE_DIR}/${folder}/${name}.js
    DEPENDS ${sources}
    COMMENT "Bundling ${folder}"
    VERBATIM)
  set(${out} ${${out}} "${folder}/${name}.js=${made}" PARENT_SCOPE)
endfunction()
