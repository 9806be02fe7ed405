import SemanticCache
import VectorMath

/// Turns labelled pairs into what the decision would see of them: the pair's other text among the nearest of all texts
/// of its file, with answers that are the same as far as the pairs say so.
struct PairNeighbourhood {
    let sample: CalibrationTraining.Sample

    init(_ set: LabelledPairs, vectors: [[Float]]) {
        let groups = Self.groups(of: set)
        var sample = CalibrationTraining.Sample()
        for pair in set.pairs where pair.question != pair.candidate {
            let question = vectors[pair.question]
            let likeness = Self.product(question, vectors[pair.candidate])
            var near = TopK(limit: MatchFeatures.maximumCandidates - 1, floor: -1)
            for (place, vector) in vectors.enumerated() where place != pair.question && place != pair.candidate {
                let other = Self.product(question, vector)
                // Nearer ones would have been the candidate themselves.
                if other <= likeness { near.offer(other, id: place) }
            }
            let rows = [ScoredRow(id: pair.candidate, score: likeness)] + near.rows
            let candidates = rows.map {
                MatchCandidate(similarity: Double(min($0.score, 1)), group: UInt64(groups[$0.id]))
            }
            guard let features = MatchFeatures(candidates) else { continue }
            sample.rows.append(MatchCalibration.row(features))
            sample.labels.append(pair.isSame)
        }
        self.sample = sample
    }

    /// Texts joined by pairs with one answer have one; all others have their own.
    private static func groups(of set: LabelledPairs) -> [Int] {
        var parents = Array(set.texts.indices)
        func root(_ place: Int) -> Int {
            var place = place
            while parents[place] != place { place = parents[place] }
            return place
        }
        for pair in set.pairs where pair.isSame {
            let (one, other) = (root(pair.question), root(pair.candidate))
            parents[max(one, other)] = min(one, other)
        }
        return parents.indices.map(root)
    }

    private static func product(_ one: [Float], _ other: [Float]) -> Float {
        zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
    }
}
