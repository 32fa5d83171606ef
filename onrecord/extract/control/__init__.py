"""Who holds which place, and how: control claims, one a statement of holding, a fight or a siege."""
