/// Where an item stands between its authors and the teachers.
///
/// Written in the manifest as the keyword `state:pilot`; LOM's own `lifeCycle/status` has no word for
/// an item that is tried out. An item without the keyword is live.
public enum ItemState: String, Hashable, Sendable, CaseIterable {
  /// 草稿: its authors are writing it.
  case draft
  /// 审核中: others read it.
  case review
  /// 试测: given to teachers, not scored.
  case pilot
  /// 在用: given and scored.
  case live
  /// 停用: no longer given.
  case retired
}
