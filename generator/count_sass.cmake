# count_sass_steps(OUT ARCHIVE): makes a copy of libsass that tells of its steps, and sets OUT to its path. libsass has no
# bound of its own: an @while whose end is never reached runs until memory is full. In the copy, what asks for memory and what
# runs a block of statements are calls of functions that theme/sass_steps.cc has:
#   hardtop_sass_new, hardtop_sass_string   for operator new and the growth of a string
#   hardtop_sass_expand, hardtop_sass_eval  for Expand::append_block and Eval::operator()(Block*); each ends in a call of
#                                           what libsass had there, which is called hardtop_sass_…_of_libsass
# Below, the same file run as a script is what makes the copy.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  function(count_sass_steps out archive)
    set(made ${PROJECT_BINARY_DIR}/libsass/libsass_counted.a)
    set(script ${PROJECT_SOURCE_DIR}/generator/count_sass.cmake)
    add_custom_command(
      OUTPUT ${made}
      COMMAND ${CMAKE_COMMAND} -D ARCHIVE=${archive} -D MADE=${made} -D OBJCOPY=${CMAKE_OBJCOPY} -D NM=${CMAKE_NM}
        -D AR=${CMAKE_AR} -P ${script}
      DEPENDS ${archive} ${script}
      COMMENT "Making libsass tell of its steps"
      VERBATIM)
    add_custom_target(counted_sass DEPENDS ${made})
    set(${out} ${made} PARENT_SCOPE)
  endfunction()
  return()
endif()

function(run)
  execute_process(COMMAND ${ARGV} WORKING_DIRECTORY ${folder} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

# Every call of `symbol`, which `object` has, becomes one of `ours`: it is called so from now on, gives way to another function
# of that name, and has a second name that leads to it still.
function(redirect object symbol ours)
  execute_process(COMMAND ${NM} -f sysv ${object} WORKING_DIRECTORY ${folder} OUTPUT_VARIABLE symbols
    COMMAND_ERROR_IS_FATAL ANY)
  # name|value|class|type|size|line|section
  if(NOT symbols MATCHES "\n${symbol} *\\|([0-9a-f]+)\\|[^|\n]*\\|[^|\n]*\\|[^|\n]*\\|[^|\n]*\\|([^|\n]+)\n")
    message(FATAL_ERROR "${ARCHIVE}: ${object} has no ${symbol}. Is this another version of libsass than 3.6.5? Then look "
      "up what runs the body of an @while, and name it in generator/count_sass.cmake.")
  endif()
  set(place ${CMAKE_MATCH_2}:0x${CMAKE_MATCH_1})
  run(${OBJCOPY} --redefine-sym ${symbol}=${ours} ${object})
  run(${OBJCOPY} --weaken-symbol=${ours} --add-symbol ${ours}_of_libsass=${place},function,global ${object})
endfunction()

cmake_path(GET MADE PARENT_PATH folder)
file(REMOVE_RECURSE ${folder})
file(MAKE_DIRECTORY ${folder})
set(string _ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE9_M_createERmm)
run(${OBJCOPY} --redefine-sym _Znwm=hardtop_sass_new --redefine-sym ${string}=hardtop_sass_string ${ARCHIVE} ${folder}/counted.a)
run(${AR} x counted.a expand.o eval.o)
redirect(expand.o _ZN4Sass6Expand12append_blockEPNS_5BlockE hardtop_sass_expand)
redirect(eval.o _ZN4Sass4EvalclEPNS_5BlockE hardtop_sass_eval)
run(${AR} r counted.a expand.o eval.o)
file(RENAME ${folder}/counted.a ${MADE})
