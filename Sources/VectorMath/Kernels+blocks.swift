/// The loops below the kernels: eight floats at a time, and a last block of fewer.
extension Kernels {
    @inline(__always)
    static func forEachBlock(_ count: Int, _ body: (_ offset: Int, _ lanes: Int) -> Void) {
        var offset = 0
        while offset &+ 8 <= count {
            body(offset, 8)
            offset &+= 8
        }
        if offset < count { body(offset, count &- offset) }
    }

    @inline(__always)
    static func block(_ values: UnsafePointer<Float>, _ offset: Int, _ lanes: Int, filler: Float = 0) -> Lanes {
        lanes == 8
            ? SIMDMath.load(values, offset)
            : SIMDMath.loadTail(values, offset, count: lanes, filler: filler)
    }

    @inline(__always)
    static func update(
        _ values: UnsafeMutablePointer<Float>, _ offset: Int, _ lanes: Int, filler: Float = 0,
        _ change: (Lanes) -> Lanes
    ) {
        if lanes == 8 {
            SIMDMath.store(change(SIMDMath.load(values, offset)), values, offset)
        } else {
            let tail = SIMDMath.loadTail(values, offset, count: lanes, filler: filler)
            SIMDMath.storeTail(change(tail), values, offset, count: lanes)
        }
    }

    static func sum(_ values: UnsafePointer<Float>, _ count: Int) -> Float {
        var total = Lanes.zero
        forEachBlock(count) { offset, lanes in total += block(values, offset, lanes) }
        return total.sum()
    }

    static func sumOfSquares(_ values: UnsafePointer<Float>, _ count: Int, around mean: Float) -> Float {
        var total = Lanes.zero
        forEachBlock(count) { offset, lanes in
            let deviation = block(values, offset, lanes, filler: mean) - mean
            total += deviation * deviation
        }
        return total.sum()
    }

    /// The largest is taken off first, so that no exponential overflows.
    static func softmax(_ values: UnsafeMutablePointer<Float>, _ count: Int) {
        guard count > 0 else { return }
        var largest = Lanes(repeating: -.infinity)
        forEachBlock(count) { offset, lanes in
            let next = block(values, offset, lanes, filler: -.infinity)
            largest.replace(with: next, where: next .> largest)
        }
        let most = largest.max()
        var total = Lanes.zero
        forEachBlock(count) { offset, lanes in
            // The filler's exponential is below 1e-38 and vanishes in the sum.
            update(values, offset, lanes, filler: -.infinity) { lane in
                let power = SIMDMath.exp(lane - most)
                total += power
                return power
            }
        }
        let scale = 1 / total.sum()
        forEachBlock(count) { offset, lanes in update(values, offset, lanes) { $0 * scale } }
    }

    static func checkedWidth(_ matrix: Matrix, _ rows: Range<Int>, _ parameters: [ConstantMatrix?]) -> Int {
        matrix.check(rows)
        for parameter in parameters {
            guard let parameter else { continue }
            precondition(
                parameter.rows == 1 && parameter.columns == matrix.columns,
                "\(parameter.rows) × \(parameter.columns) parameters for rows of \(matrix.columns)")
        }
        return matrix.columns
    }
}
