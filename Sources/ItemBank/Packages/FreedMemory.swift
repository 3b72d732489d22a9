import CMalloc

/// Memory that was freed but is still the process's own.
///
/// glibc keeps what was freed for whoever asks next, in pools of its own for every thread. The trees of
/// some thousand files leave more there than all that is read out of them takes.
public enum FreedMemory {
  /// From then on large pieces go back to the system when they are freed.
  ///
  /// For a command that reads much once; a service asks for the same sizes again and again.
  public static func returnsLargePieces() {
    _ = mallopt(M_MMAP_THRESHOLD, 128 * 1024)
  }
}
