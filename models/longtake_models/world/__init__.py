"""A procedural driving world: scenes, their pictures, their captions, their exact car boxes and optical flow."""
