# minify_runtime(OUT FOLDER): minifies every FOLDER/NAME.js with esbuild, when it has changed, and adds
# "FOLDER/NAME.min.js=where it is made" to OUT, as embed_files takes it.
#
# All scripts share the short names of FOLDER/names.json for properties that end in _: esbuild would pick others for each. A
# property that is not listed there fails the build with the difference; add it with a name of its own.
find_program(ESBUILD esbuild REQUIRED)

function(minify_runtime out folder)
  set(made ${PROJECT_BINARY_DIR}/embedded/${folder})
  set(names ${PROJECT_SOURCE_DIR}/${folder}/names.json)
  file(GLOB scripts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.js)
  list(SORT scripts COMPARE STRING)
  set(outputs "")
  set(entries "")
  foreach(script IN LISTS scripts)
    cmake_path(GET script STEM name)
    list(APPEND outputs ${made}/${name}.min.js)
    list(APPEND entries "${folder}/${name}.min.js=${made}/${name}.min.js")
  endforeach()
  add_custom_command(
    OUTPUT ${outputs}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${made}
    COMMAND ${CMAKE_COMMAND} -E copy ${names} ${made}/names.json
    COMMAND ${ESBUILD} --minify --mangle-props=_$ --mangle-cache=${made}/names.json --out-extension:.js=.min.js
      --outdir=${made} --log-level=warning ${scripts}
    COMMAND ${CMAKE_COMMAND} -E compare_files --ignore-eol ${names} ${made}/names.json
    DEPENDS ${scripts} ${names}
    COMMENT "Minifying ${folder}"
    VERBATIM)
  set(${out} ${${out}} ${entries} PARENT_SCOPE)
endfunction()
