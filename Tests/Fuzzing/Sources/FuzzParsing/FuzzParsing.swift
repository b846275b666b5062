import FuzzSupport

/// Texts through lexer, parser, compiler, dumps and completion.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  TextStages.fuzz(Array(UnsafeBufferPointer(start: data, count: size)))
  return 0
}

@_cdecl("LLVMFuzzerCustomMutator")
func mutate(
  _ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ limit: Int, _ seed: UInt32
) -> Int {
  Mutation.text(data, size, limit, seed)
}
