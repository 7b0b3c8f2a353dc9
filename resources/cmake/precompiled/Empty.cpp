// The source a precompiled header is made with.
