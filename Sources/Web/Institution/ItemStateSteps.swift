import ItemBank

extension ItemState {
  /// Where an item may go from here; what is in use has been tried out, or was in use before.
  var steps: [ItemState] {
    switch self {
    case .draft: [.review, .retired]
    case .review: [.draft, .pilot, .retired]
    case .pilot: [.review, .live, .retired]
    case .live: [.pilot, .retired]
    case .retired: [.draft, .live]
    }
  }
}
