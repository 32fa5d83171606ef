"""Number expressions, and the figure claims made of them."""
