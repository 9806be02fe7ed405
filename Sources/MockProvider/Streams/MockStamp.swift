import NIOCore

/// The time at which a frame was sent, in the text that it carries: there it passes whatever stands between provider
/// and reader, in any dialect. On the machine's monotonic clock, which all its processes share.
package enum MockStamp {
    private static let digits = 19

    /// The word of an answer that the time is written over, in nanoseconds.
    package static let blank = "@" + String(repeating: "0", count: digits) + ";"

    /// Writes a time over the first blank of a frame, if there is one.
    static func write(_ time: NIODeadline, into frame: inout ByteBuffer) {
        guard let place = frame.readableBytesView.firstRange(of: blank.utf8) else { return }
        let text = String(time.uptimeNanoseconds)
        frame.setString(text, at: place.upperBound - 1 - text.utf8.count)
    }
}
