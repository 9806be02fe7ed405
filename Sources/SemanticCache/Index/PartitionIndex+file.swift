extension PartitionIndex {
    /// A partition of its own with its vectors in a temporary file, as those of an index are.
    package static func inFile(dimension: Int) -> PartitionIndex {
        PartitionIndex(dimension: dimension, file: VectorFile())
    }
}
