import Testing

@testable import NumPyRandom
