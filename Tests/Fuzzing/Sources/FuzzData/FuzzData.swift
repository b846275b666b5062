import FuzzSupport

/// Bytes that are no program: tables, numbers, states, texts to be shown.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  DataReaders.fuzz(Array(UnsafeBufferPointer(start: data, count: size)))
  return 0
}
