#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A whole file in memory, read-only and shared with every process that maps it.
///
/// A file must be replaced by renaming another over it. One that is cut short in place while it is mapped ends the
/// process (SIGBUS), as with any mapping.
///
/// Safe because the mapping is read-only and stands until `deinit`.
package final class MappedFile: @unchecked Sendable {
    /// In bytes.
    package let count: Int
    private let start: UnsafeRawPointer?

    /// Maps the file at `path`. An empty file is mapped as zero bytes; anything but a regular file is refused.
    package init(path: String) throws(MappedFileError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.lastError() }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Self.lastError() }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw MappedFileError(number: EINVAL, isMissing: false, description: "not a regular file")
        }
        self.count = Int(status.st_size)
        guard count > 0 else {
            self.start = nil
            return
        }
        guard let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
            throw Self.lastError()
        }
        self.start = UnsafeRawPointer(address)
    }

    deinit {
        if let start { munmap(UnsafeMutableRawPointer(mutating: start), count) }
    }

    /// Reads the bytes in place.
    package func withBytes<Result, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count).bytes)
    }

    /// `rows` × `columns` little-endian floats that start at byte `offset`: a view into the mapping, or a copy when the
    /// offset is not a multiple of four. Nil when they do not lie inside the file.
    package func floats(at offset: Int, rows: Int, columns: Int) -> ConstantMatrix? {
        guard offset >= 0, rows >= 0, columns >= 0, let start else { return nil }
        let (elements, tooMany) = rows.multipliedReportingOverflow(by: columns)
        let (bytes, tooLong) = elements.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
        guard !tooMany, !tooLong, offset <= count, bytes <= count - offset else { return nil }
        let first = start + offset
        if Int(bitPattern: first).isMultiple(of: MemoryLayout<Float>.alignment) {
            let floats = first.assumingMemoryBound(to: Float.self)
            return ConstantMatrix(rows: rows, columns: columns, start: floats, owner: self)
        }
        let copy = AlignedBuffer(count: elements)
        UnsafeMutableRawPointer(copy.start).copyMemory(from: first, byteCount: bytes)
        return ConstantMatrix(rows: rows, columns: columns, start: copy.start, owner: copy)
    }

    /// Gives the pages of the file back to the system; those used again are read again.
    package func releasePages() {
        if let start { madvise(UnsafeMutableRawPointer(mutating: start), count, MADV_DONTNEED) }
    }

    private static func lastError() -> MappedFileError {
        let number = errno
        return MappedFileError(
            number: number, isMissing: number == ENOENT || number == ENOTDIR,
            description: String(cString: strerror(number)))
    }
}
