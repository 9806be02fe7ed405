/// Why a file could not be mapped: what the system said, for whoever names the file in a message.
package struct MappedFileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The system's error number.
    package let number: Int32
    /// True when there is no such file.
    package let isMissing: Bool
    package let description: String
}
