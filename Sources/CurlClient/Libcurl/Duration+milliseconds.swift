extension Duration {
    /// In milliseconds, rounded up, from 0 to what a C `int` holds (24 days), which is what libcurl keeps.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        if seconds < 0 || attoseconds < 0 { return 0 }
        if seconds >= Int64(Int32.max / 1000) { return Int(Int32.max / 1000) * 1000 }
        let attosecondsPerMillisecond: Int64 = 1_000_000_000_000_000
        return Int(seconds) * 1000 + Int((attoseconds + attosecondsPerMillisecond - 1) / attosecondsPerMillisecond)
    }
}
