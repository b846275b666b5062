import FuzzSupport

/// Programs in a session: run, shown, taken back, saved and loaded.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  ProgramSession().fuzz(Array(UnsafeBufferPointer(start: data, count: size)))
  return 0
}

@_cdecl("LLVMFuzzerCustomMutator")
func mutate(
  _ data: UnsafeMutablePointer<UInt8>, _ size: Int, _ limit: Int, _ seed: UInt32
) -> Int {
  Mutation.program(data, size, limit, seed)
}

@_cdecl("LLVMFuzzerCustomCrossOver")
func splice(
  _ first: UnsafePointer<UInt8>, _ firstSize: Int, _ second: UnsafePointer<UInt8>,
  _ secondSize: Int, _ result: UnsafeMutablePointer<UInt8>, _ limit: Int, _ seed: UInt32
) -> Int {
  Mutation.splice(
    UnsafeBufferPointer(start: first, count: firstSize),
    UnsafeBufferPointer(start: second, count: secondSize), result, limit, seed)
}
