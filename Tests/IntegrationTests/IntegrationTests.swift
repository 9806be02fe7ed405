import Testing

/// The built gateway as its users meet it: the real binary, a real Redis, and providers whose behaviour is known.
///
/// One test at a time: each runs several processes, and most wait for one of them.
@Suite("The built gateway", .serialized, .timeLimit(.minutes(2)))
struct IntegrationTests {}
