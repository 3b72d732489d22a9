/// Who changed between two rosters, each sorted by person.
struct RosterChange {
  /// The roster before.
  let former: [Figure.Entry]
  /// Who is new.
  private(set) var joined: [Figure.Entry] = []
  /// Who took the test again: the old result and the new.
  private(set) var retaken: [(Figure.Entry, Figure.Entry)] = []
  /// The roster after: nobody leaves it.
  private(set) var merged: [Figure.Entry] = []

  init(from former: [Figure.Entry], to present: [Figure.Entry]) {
    self.former = former
    merged.reserveCapacity(max(former.count, present.count))
    var (old, new) = (0, 0)
    while old < former.count || new < present.count {
      if new == present.count
        || (old < former.count && former[old].person < present[new].person)
      {
        merged.append(former[old])
        old += 1
      } else if old == former.count || present[new].person < former[old].person {
        joined.append(present[new])
        merged.append(present[new])
        new += 1
      } else {
        if present[new].revision > former[old].revision {
          retaken.append((former[old], present[new]))
          merged.append(present[new])
        } else {
          merged.append(former[old])
        }
        old += 1
        new += 1
      }
    }
  }
}
