import Synchronization

/// A fixed number of aligned rows that one writer fills and any number of readers scan meanwhile, without a lock.
///
/// Rows never move and never change once they are published: a reader takes `count` and scans the rows below it.
/// The memory of all rows is reserved at once; the system hands out its pages as they are written.
///
/// Safe because a row is written only before `published` is raised past it (release), readers look only below what they
/// read from it (acquire), and `append` must not run on two threads at once.
package final class VectorChunk: @unchecked Sendable {
    package let dimension: Int
    /// How many rows fit.
    package let capacity: Int
    /// Floats from one row's start to the next: the dimension rounded up to whole cache lines.
    let stride: Int
    private let buffer: AlignedBuffer
    private let published = Atomic<Int>(0)

    package init(dimension: Int, capacity: Int) {
        precondition(dimension > 0 && capacity > 0, "a chunk needs a dimension and room for a row")
        self.dimension = dimension
        self.capacity = capacity
        self.stride = (dimension + 15) / 16 * 16
        self.buffer = AlignedBuffer(count: stride * capacity)
    }

    /// How many rows can be read now. Only grows.
    package var count: Int { published.load(ordering: .acquiring) }

    package var isFull: Bool { count == capacity }

    /// Adds a row and returns its index; nil when the chunk is full or `vector` has another dimension.
    /// One writer at a time: the caller sees to that.
    package func append(_ vector: Span<Float>) -> Int? {
        let row = published.load(ordering: .relaxed)
        guard row < capacity, vector.count == dimension else { return nil }
        let target = buffer.start + row * stride
        for index in vector.indices { target[index] = vector[index] }
        published.store(row + 1, ordering: .releasing)
        return row
    }

    /// Reads one published row in place. Nil when `row` is not published.
    package func withRow<Result>(_ row: Int, _ body: (Span<Float>) -> Result) -> Result? {
        guard row >= 0, row < count else { return nil }
        return body(UnsafeBufferPointer(start: pointer(row: row), count: dimension).span)
    }

    func pointer(row: Int) -> UnsafePointer<Float> {
        UnsafePointer(buffer.start + row * stride)
    }
}
