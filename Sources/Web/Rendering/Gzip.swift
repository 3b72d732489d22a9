import CZlib

/// Bytes compressed for a slow line.
///
/// The service compresses by itself: rural schools reach it without a proxy in front.
enum Gzip {
  /// Compresses bytes to the gzip format.
  ///
  /// - Parameters:
  ///   - bytes: what to compress.
  ///   - level: 1 (fast) to 9 (small).
  /// - Returns: the compressed bytes; nil if zlib refuses, and the caller then sends them as they
  ///   are.
  static func compress(_ bytes: [UInt8], level: Int32) -> [UInt8]? {
    var stream = z_stream()
    guard czlib_gzip_start(&stream, level) == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, UInt(bytes.count)))
    var input = bytes
    var isComplete = false
    let output = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      input.withUnsafeMutableBufferPointer { source in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = buffer.baseAddress
        stream.avail_out = UInt32(bound)
        isComplete = deflate(&stream, Z_FINISH) == Z_STREAM_END
        count = bound - Int(stream.avail_out)
      }
    }
    return isComplete ? output : nil
  }
}
