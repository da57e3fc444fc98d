"""A second driving world, drawn with meshes and shaders over software OpenGL: pictures, captions, exact car boxes and motion."""
