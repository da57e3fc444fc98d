out vec4 o;
void main() { o = vec4(0.); } // nothing, but it hides what is behind
