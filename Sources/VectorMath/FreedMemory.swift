internal import CKernels

/// Memory that was freed and that the allocator still keeps for this process.
package enum FreedMemory {
    /// Hands it back to the system, where the C library can be told to. Holds up other threads' allocations for some
    /// milliseconds: for the end of something that has taken much memory for a while.
    package static func giveBack() { refrain_return_freed_memory() }
}
