# embed_files(OUT FOLDER... [EXCEPT FOLDER...] [MADE PATH=FILE...]): makes sources that hold every file below the folders (paths
# relative to the project), as bytes that the assembler includes, and the table that embedded_files() in theme/theme.h returns.
# Adds them to OUT. MADE are files that the build makes, and the path that each is to have. Of a folder with a names.json the scripts are what
# these are made from (minify.cmake): they stay out, as does what is in the folders after EXCEPT.
function(embed_files out)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "EXCEPT;MADE")
  set(assembly "")
  set(table "")
  set(declarations "")
  set(index 0)
  set(files "")
  foreach(folder IN LISTS arg_UNPARSED_ARGUMENTS)
    file(GLOB_RECURSE found CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/${folder}/*)
    list(APPEND files ${found})
  endforeach()
  list(APPEND files ${arg_MADE})
  list(SORT files COMPARE STRING)
  set(absolute "")
  set(made "")
  foreach(file IN LISTS files)
    cmake_path(GET file PARENT_PATH folder)
    if(folder IN_LIST arg_EXCEPT OR file MATCHES "(^|/)\\.[^/]*$" OR
       (file MATCHES "(\\.js|/names\\.json)$" AND EXISTS ${PROJECT_SOURCE_DIR}/${folder}/names.json))
      continue()
    endif()
    set(from ${PROJECT_SOURCE_DIR}/${file})
    if(file MATCHES "^([^=]*)=(.*)$")
      set(file ${CMAKE_MATCH_1})
      set(from ${CMAKE_MATCH_2})
      list(APPEND made ${from})
    endif()
    set(name "hardtop_embedded_${index}")
    string(APPEND assembly
      ".global ${name}\n${name}:\n.incbin \"${from}\"\n.global ${name}_end\n${name}_end:\n.byte 0\n")
    string(APPEND declarations "extern \"C\" const char ${name}[];\nextern \"C\" const char ${name}_end[];\n")
    string(APPEND table "      {\"${file}\", std::string_view(${name}, static_cast<std::size_t>(${name}_end - ${name}))},\n")
    list(APPEND absolute ${from})
    math(EXPR index "${index} + 1")
  endforeach()
  set(folder ${PROJECT_BINARY_DIR}/embedded)
  file(MAKE_DIRECTORY ${folder})
  file(CONFIGURE OUTPUT ${folder}/embedded.S @ONLY CONTENT
    ".section .rodata\n${assembly}.section .note.GNU-stack,\"\",%progbits\n")
  file(CONFIGURE OUTPUT ${folder}/embedded.cc @ONLY CONTENT
"// Made by generator/embed.cmake.
#include \"theme/theme.h\"
${declarations}
namespace hardtop {
const std::vector<EmbeddedFile>& embedded_files() {
  static const std::vector<EmbeddedFile> files = {
${table}  };
  return files;
}
}  // namespace hardtop
")
  set_source_files_properties(${folder}/embedded.S PROPERTIES OBJECT_DEPENDS "${absolute}")
  # What is made belongs to the target, or Ninja would not know how.
  set(${out} ${folder}/embedded.S ${folder}/embedded.cc ${made} PARENT_SCOPE)
endfunction()
