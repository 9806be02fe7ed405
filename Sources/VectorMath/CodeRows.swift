internal import CKernels
import Synchronization

/// Rows of one byte a component, each with its own scale, and how far each lies from the vector it stands for: a
/// quarter of the memory, and an upper bound of every dot product.
///
/// One writer fills it and any number of readers score it meanwhile, without a lock: rows never change once published.
///
/// Safe because a row is written only before `published` is raised past it (release), readers look only below what they
/// read from it (acquire), and `append` must not run on two threads at once.
package final class CodeRows: @unchecked Sendable {
    package let dimension: Int
    /// How many rows fit.
    package let capacity: Int
    private let length: Int
    private let codes: ByteBuffer64
    /// Of each row what one code is worth, and the distance from the vector.
    private let measures: AlignedBuffer
    private let published = Atomic<Int>(0)

    /// Bytes of a row of `dimension` codes, in whole cache lines.
    static func length(of dimension: Int) -> Int { (dimension + 63) / 64 * 64 }

    /// The most components whose sums of products fit 32 bits.
    package static let largestDimension = 65_536

    package init(dimension: Int, capacity: Int) {
        precondition(dimension > 0 && capacity > 0, "rows need a dimension and room for one")
        precondition(dimension <= Self.largestDimension, "products of \(dimension) bytes do not fit 32 bits")
        self.dimension = dimension
        self.capacity = capacity
        self.length = Self.length(of: dimension)
        self.codes = ByteBuffer64(count: length * capacity)
        self.measures = AlignedBuffer(count: 2 * capacity)
    }

    /// How many rows can be scored now. Only grows.
    package var count: Int { published.load(ordering: .acquiring) }

    /// Adds a row and returns its index; nil when it is full, or `vector` has another dimension or components that are
    /// not finite numbers. One writer at a time: the caller sees to that.
    package func append(_ vector: [Float]) -> Int? {
        let row = published.load(ordering: .relaxed)
        guard row < capacity, vector.count == dimension, vector.allSatisfy(\.isFinite) else { return nil }
        let peak = vector.reduce(0) { max($0, abs($1)) }
        // Not below the least normal number: dividing by less would not give a finite code.
        let scale = max(peak / 127, .leastNormalMagnitude)
        let target = codes.start + row * length
        var error = 0.0
        for (column, value) in vector.enumerated() {
            let code = (value / scale).rounded()
            target[column] = UInt8(bitPattern: Int8(max(-127, min(127, code))))
            let missed = Double(value) - Double(scale) * Double(max(-127, min(127, code)))
            error += missed * missed
        }
        measures.start[2 * row] = scale
        measures.start[2 * row + 1] = Float(error.squareRoot()).nextUp
        published.store(row + 1, ordering: .releasing)
        return row
    }

    /// Visits the rows whose dot product with a query may reach `bar`: all of them, and few that do not, in order of
    /// their index.
    ///
    /// With a vector x = s·c + e of codes c and scale s, and a query q = u·k + f of whole numbers k:
    /// q·x = s·u·(k·c) + f·(s·c) + q·e ≤ s·u·(k·c) + |f|·s·127·√d + |q|·|e|.
    /// - Parameters:
    ///   - survivors: how many rows of the scratch memory are to be scored; then all from `first` on are.
    ///   - visit: takes a row and its bound, which the product as BLAS computes it does not exceed either.
    /// - Returns: how many rows were scored.
    @discardableResult
    package func visitBounds(
        of query: CodeQuery, reaching bar: Float, survivors: Int = 0, from first: Int = 0, scratch: CodeScratch,
        features: ProcessorFeatures = .current, visit: (_ row: Int, _ bound: Float) -> Void
    ) -> Int {
        let published = count
        guard query.components.count == dimension, first >= 0 else { return 0 }
        let start = UnsafeRawPointer(codes.start).assumingMemoryBound(to: Int8.self)
        if survivors > 0 {
            precondition(scratch.rows[survivors - 1] < published, "a row that is not published cannot be scored")
            refrain_rows_score(
                features.rawValue, start, length, scratch.rows, survivors, query.high, query.low, scratch.scores)
            visitScores(of: query, reaching: bar, count: survivors, scratch: scratch, visit) { Int(scratch.rows[$0]) }
        }
        let rest = max(published - first, 0)
        if rest > 0 {
            scratch.reserve(rest)
            refrain_rows_score(
                features.rawValue, start + first * length, length, nil, rest, query.high, query.low, scratch.scores)
            visitScores(of: query, reaching: bar, count: rest, scratch: scratch, visit) { first + $0 }
        }
        return survivors + rest
    }

    private func visitScores(
        of query: CodeQuery, reaching bar: Float, count: Int, scratch: CodeScratch,
        _ visit: (_ row: Int, _ bound: Float) -> Void, row: (Int) -> Int
    ) {
        let widest = 127 * Double(dimension).squareRoot()
        // What the float arithmetic of the exact score may add: the usual bound of a sum of d products, twice.
        let rounding = 2 * Double(dimension) * 0x1p-24 * query.norm * widest
        let perScale = query.roundingError * widest + rounding
        for index in 0..<count {
            let row = row(index)
            let scale = Double(measures.start[2 * row])
            let error = Double(measures.start[2 * row + 1])
            let bound = scale * (query.unit * Double(scratch.scores[index]) + perScale) + query.norm * error
            // Rounded up, so that what is equal to the bar in double precision is not lost in single.
            let upper = Float(bound).nextUp
            if upper >= bar { visit(row, upper) }
        }
    }
}
