void f() { std::cout << 1; }
