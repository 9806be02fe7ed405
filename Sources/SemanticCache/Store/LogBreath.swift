/// How long a reader of the store's logs rests when it has read something.
///
/// A read that waits on the logs of all shards costs Redis about 75 µs, whether one line has come or hundreds. Without
/// a rest each line would cost that for each replica of the fleet; with it a reader costs 1.5 % of Redis at most. What
/// comes first is heard of at once, what follows it this much later.
enum LogBreath {
    static let length: Duration = .milliseconds(5)
}
