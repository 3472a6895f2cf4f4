package transfer

// Guard and Unguard are for tests alone.
var Guard, Unguard = guard, unguard
