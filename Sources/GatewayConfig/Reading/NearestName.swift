/// Finds the name somebody probably meant.
enum NearestName {
    /// Longer names are not compared: the distance takes the product of both lengths.
    private static let lengthLimit = 64

    /// Names of which one begins the other are near from this length on.
    private static let prefixLength = 3

    /// The candidate with the fewest typing errors, if they are few enough for a name of that length (a third of it);
    /// else the first that begins with the name or that the name begins with.
    static func nearest(to name: String, among candidates: [String]) -> String? {
        let wanted = Array(name.unicodeScalars)
        guard wanted.count <= lengthLimit else { return nil }
        var best: (name: String, distance: Int)?
        for candidate in candidates where candidate.unicodeScalars.count <= lengthLimit {
            let distance = distance(wanted, Array(candidate.unicodeScalars))
            let allowance = max(1, max(wanted.count, candidate.unicodeScalars.count) / 3)
            if distance <= allowance, distance < (best?.distance ?? .max) { best = (candidate, distance) }
        }
        return best?.name
            ?? candidates.first { candidate in
                min(name.utf8.count, candidate.utf8.count) >= prefixLength
                    && (name.hasPrefix(candidate) || candidate.hasPrefix(name))
            }
    }

    /// Optimal string alignment: the least number of insertions, deletions, replacements and swaps of neighbours.
    static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...other.count)
        for row in 1...max(1, one.count) where row <= one.count {
            var current = [row]
            for column in 1...max(1, other.count) where column <= other.count {
                let isSame = one[row - 1] == other[column - 1]
                var least = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, one[row - 1] == other[column - 2], one[row - 2] == other[column - 1] {
                    least = min(least, beforeLast[column - 2] + 1)
                }
                current.append(least)
            }
            beforeLast = last
            last = current
        }
        return last[other.count]
    }
}
